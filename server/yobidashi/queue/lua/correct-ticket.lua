--[[ correct-ticket: the floor manager puts right how a ticket stands, later than undo could.

ARGV    {ticket, state, reason}: state = 'waiting', 'finished' or 'cancelled', from any other
event   corrected: the ticket, its party, and the booth it leaves, if any
refuses unknown_ticket ticket_unchanged already_in_queue wrong_state
A ticket that waits again has its old place. A talk that nobody timed begins with its call, or takes no time at all. Who
dropped in has no number, so that its ticket cannot wait (wrong_state).
]]
--@include fair

local PUT = {
  waiting = function(ticket, party)
    refuse_unnumbered(ticket, 'correct-ticket')
    refuse_second(party, ticket.queue, ticket.id)
    forget_call(ticket)
  end,
  finished = function(ticket)
    ticket.ended_at = ticket.ended_at or now
    ticket.started_at = ticket.started_at or ticket.called_at or ticket.ended_at
    ticket.away_at, ticket.reason = nil, nil
  end,
  cancelled = function(ticket, _, reason)
    ticket.ended_at, ticket.reason = now, reason
  end,
}

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local party = row('parties', ticket.party)
  if ticket.state == args.state then
    refuse('ticket_unchanged', { ticket = ticket.id, number = ticket.number, state = ticket.state })
  end
  local booth = leave_booth(ticket, party)
  PUT[args.state](ticket, party, args.reason)
  ticket.state, ticket.corrected = args.state, args.reason
  return 'corrected', { tickets = { ticket }, parties = { party }, booths = { booth } }
end)
