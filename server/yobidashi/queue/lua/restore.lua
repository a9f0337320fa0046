--[[ restore: a held, absent or cancelled party is in line again.

ARGV    {ticket}
event   restored: the ticket, its party
refuses unknown_ticket wrong_state already_in_queue
Held and cancelled tickets take the place they had; an absent one that reports goes to the head of the line (FAIR, rules
of the floor).
]]
--@include fair

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local party = row('parties', ticket.party)
  local was_absent = ticket.state == 'absent'
  move(ticket, 'restore')
  refuse_second(party, ticket.queue, ticket.id)
  forget_call(ticket)
  local head = was_absent and line(ticket.queue, 0, 1)[1]
  if head then ticket.place = math.min(ticket.place, row('tickets', head).place - 1) end
  return 'restored', { tickets = { ticket }, parties = { party } }
end)
