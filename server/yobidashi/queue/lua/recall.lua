--[[ recall: the booth's called party is called once more; screens blink and chime again.

ARGV    {booth}
event   recalled: the ticket, its party
refuses unknown_booth booth_free wrong_state
]]
--@include fair

return command(function(args)
  local ticket = ticket_at(row('booths', args.booth))
  move(ticket, 'recall')
  ticket.recalls, ticket.recalled_at = ticket.recalls + 1, now
  return 'recalled', { tickets = { ticket }, parties = { row('parties', ticket.party) } }
end)
