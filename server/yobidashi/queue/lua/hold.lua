--[[ hold: a waiting or called party asks to wait a while; it keeps its place but is not called.

ARGV    {ticket}
event   held: the ticket, its party, and the booth it leaves, if any
refuses unknown_ticket wrong_state
]]
--@include fair

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local party = row('parties', ticket.party)
  move(ticket, 'hold')
  ticket.away_at = now
  return 'held', { tickets = { ticket }, parties = { party }, booths = { leave_booth(ticket, party) } }
end)
