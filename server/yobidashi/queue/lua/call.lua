--[[ call: a booth calls a chosen number of its own queue: waiting, held, or absent and come back.

ARGV    {booth, number, finish}
event   called: the ticket, its party, the booth; and the ticket just finished, if any
refuses unknown_booth booth_not_open meeting_unchecked booth_busy booth_free unknown_number not_in_queue party_busy wrong_state
]]
--@include fair
--@include meetings
--@include calling

-- The party's ticket in this queue: an open one before a closed one.
local function ticket_in(party, queue, number)
  local found
  for _, id in ipairs(party.tickets) do
    local ticket = row('tickets', id)
    if ticket.queue == queue and ticket.number == number and (not found or OPEN_STATES[ticket.state]) then found = ticket end
  end
  return found or refuse('not_in_queue', { number = number, queue = queue })
end

return command(function(args)
  local booth, finished, finished_party = booth_ready(args)
  local id = redis.call('HGET', NUMBERS, args.number)
  if not id then refuse('unknown_number', { number = args.number }) end
  local party = row('parties', id)
  local ticket = ticket_in(party, booth.queue, args.number)
  if party.active and party.active ~= ticket.id then
    refuse('party_busy', { number = args.number, booth = row('tickets', party.active).booth })
  end
  return call_to(booth, ticket, party, finished, finished_party)
end)
