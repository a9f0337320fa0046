--[[ call-next: a booth calls the first party of its queue that is not at another booth.

ARGV    {booth, finish}: with finish = true the booth's present talk ends in the same act
event   called: the ticket, its party, the booth; the ticket just finished, if any; the queue where its count changes
refuses unknown_booth booth_not_open meeting_unchecked booth_busy booth_free wrong_state no_one_waiting
Reserved places go first from their slot on, but at most rules.reserved_in_a_row in a row while a walk-in could be called
(FAIR, rules of the floor); the queue keeps the count. A party that is called or served elsewhere is passed over and keeps
its place (他ブース相談中). The party just finished here is free again and may be the next.
]]
--@include fair
--@include meetings
--@include calling
--@include line

return command(function(args)
  local booth, finished, finished_party = booth_ready(args)
  local queue, passed_over = row('queues', booth.queue), 0
  local function free(ticket)
    local busy = row('parties', ticket.party).active
    if busy then passed_over = passed_over + 1 end
    return not busy
  end
  local due, walk_in = first_due(queue.id, free), first_walk_in(queue.id, free)
  local turn_of_walk_in = walk_in and queue.reserved_run >= rules.reserved_in_a_row
  local ticket = not turn_of_walk_in and due or walk_in
  if not ticket then refuse('no_one_waiting', { queue = queue.id, passed_over = passed_over }) end
  local run = (ticket == due and walk_in) and queue.reserved_run + 1 or 0
  local kind, changes = call_to(booth, ticket, row('parties', ticket.party), finished, finished_party)
  if run ~= queue.reserved_run then
    queue.reserved_run = run
    changes.queues = { queue }
  end
  return kind, changes
end)
