--[[ How a ticket comes to a booth: shared by call-next and the chosen number. Needs `fair` and `meetings`. ]]

-- The booth and its queue, ready to call; ends the present talk first where the command says so.
-- Gives the booth, the ticket and party that were finished (nil where none).
local function booth_ready(args)
  local booth = row('booths', args.booth)
  if booth.state ~= 'open' or not booth.queue then refuse('booth_not_open', { booth = booth.id, state = booth.state }) end
  refuse_unchecked(booth)
  if not booth.ticket then
    if args.finish then refuse('booth_free', { booth = booth.id }) end
    return booth
  end
  local present = ticket_at(booth)
  if not args.finish then refuse('booth_busy', { booth = booth.id, number = present.number }) end
  move(present, 'finish')
  local party = row('parties', present.party)
  leave_booth(present, party)
  present.ended_at = now
  return booth, present, party
end

-- Calls the ticket to the booth. A party is never at two booths: the caller has seen that it is free.
local function call_to(booth, ticket, party, finished, finished_party)
  move(ticket, 'call')
  ticket.booth, ticket.called_at, ticket.called_offset = booth.id, now, meta.offset + 1
  ticket.recalls, ticket.recalled_at, ticket.started_at, ticket.away_at = 0, nil, nil, nil
  party.active = ticket.id
  booth.ticket, booth.since = ticket.id, now
  local tickets, parties = { ticket }, { party }
  if finished then
    tickets[2] = finished
    if finished_party.id ~= party.id then parties[2] = finished_party end
  end
  return 'called', { tickets = tickets, parties = parties, booths = { booth } }
end
