--[[ start: the called party has come; the talk begins.

ARGV    {booth}
event   started: the ticket, its party, the booth
refuses unknown_booth booth_free wrong_state
]]
--@include fair

return command(function(args)
  local booth = row('booths', args.booth)
  local ticket = ticket_at(booth)
  move(ticket, 'start')
  ticket.started_at, booth.since = now, now
  return 'started', { tickets = { ticket }, parties = { row('parties', ticket.party) }, booths = { booth } }
end)
