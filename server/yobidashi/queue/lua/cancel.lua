--[[ cancel: a ticket is given up, with a reason. Its number is never deleted and never issued again.

ARGV    {ticket, reason}
event   cancelled: the ticket, its party, and the booth it leaves, if any
refuses unknown_ticket wrong_state
]]
--@include fair

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local party = row('parties', ticket.party)
  move(ticket, 'cancel')
  ticket.ended_at, ticket.reason = now, args.reason
  return 'cancelled', { tickets = { ticket }, parties = { party }, booths = { leave_booth(ticket, party) } }
end)
