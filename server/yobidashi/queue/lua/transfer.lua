--[[ transfer: a ticket moves to another queue and keeps its number and its time of arrival; a reserved place stays behind.

ARGV    {ticket, queue}
event   transferred: the ticket, its party, and the booth it leaves, if any
refuses unknown_ticket unknown_queue wrong_state issuing_stopped already_in_queue
]]
--@include fair

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local queue = row('queues', args.queue)
  local party = row('parties', ticket.party)
  move(ticket, 'transfer')
  if not queue.issuing then refuse('issuing_stopped', { queue = queue.id }) end
  refuse_second(party, queue.id)
  local booth = leave_booth(ticket, party)
  forget_call(ticket)
  ticket.queue, ticket.place, ticket.reserved = queue.id, ticket.issued_at, nil
  return 'transferred', { tickets = { ticket }, parties = { party }, booths = { booth } }
end)
