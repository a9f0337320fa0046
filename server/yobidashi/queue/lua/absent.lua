--[[ absent: the called party did not come. Its place is kept; it returns by restore or by a chosen call.

ARGV    {booth}
event   marked_absent: the ticket, its party, the booth
refuses unknown_booth booth_free wrong_state
]]
--@include fair

return command(function(args)
  local ticket = ticket_at(row('booths', args.booth))
  local party = row('parties', ticket.party)
  move(ticket, 'absent')
  ticket.away_at = now
  return 'marked_absent', { tickets = { ticket }, parties = { party }, booths = { leave_booth(ticket, party) } }
end)
