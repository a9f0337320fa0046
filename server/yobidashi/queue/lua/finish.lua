--[[ finish: the talk at a booth ends; booth and party are free.

ARGV    {booth}
event   finished: the ticket, its party, the booth
refuses unknown_booth booth_free wrong_state
]]
--@include fair

return command(function(args)
  local ticket = ticket_at(row('booths', args.booth))
  local party = row('parties', ticket.party)
  move(ticket, 'finish')
  ticket.ended_at = now
  return 'finished', { tickets = { ticket }, parties = { party }, booths = { leave_booth(ticket, party) } }
end)
