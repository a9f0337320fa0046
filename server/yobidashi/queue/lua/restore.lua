--[[ restore: a held, absent or cancelled party is in line again.

ARGV    {ticket}
event   restored: the ticket, its party
refuses unknown_ticket wrong_state already_in_queue
Held and cancelled tickets take the place they had; an absent one that reports goes to the head of the line (FAIR, rules
of the floor). A reserved place is kept while its grace lasts; after that its ticket is at the head of the walk-ins.
]]
--@include fair
--@include line

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local party = row('parties', ticket.party)
  local was_absent = ticket.state == 'absent'
  move(ticket, 'restore')
  refuse_unnumbered(ticket, 'restore')
  refuse_second(party, ticket.queue, ticket.id)
  forget_call(ticket)
  if was_absent then
    if ticket.reserved and now > ticket.reserved + rules.grace_ms then ticket.reserved = nil end
    if not is_due(ticket) then to_head(ticket) end
  end
  return 'restored', { tickets = { ticket }, parties = { party } }
end)
