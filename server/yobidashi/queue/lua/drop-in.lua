--[[ drop-in: a party without a ticket talked at a booth. It counts like any other visit (5⑴イ(ｵ)), and no screen shows it.

ARGV    {booth, size, children}
event   dropped_in: the party, its finished ticket
refuses unknown_booth booth_not_open fair_full
The party has no number, for it never waits and is never called, and nobody counts it at the door. How long it talked is not
known. The booth's row is left alone: whoever is there now stays, and an undo of another act stays possible.
]]
--@include fair
--@include line
--@include numbering
--@include cards
--@include ticketing

return command(function(args)
  local booth = row('booths', args.booth)
  if not booth.queue then refuse('booth_not_open', { booth = booth.id, state = booth.state }) end
  local party = new_party({ size = args.size, children = args.children, inside = 0 }, 'unnumbered')
  local id = next_tickets(1)
  party.tickets[1] = id
  local ticket = new('tickets', {
    id = id, party = party.id, number = '', queue = booth.queue, state = 'finished', place = now, booth = booth.id,
    issued_at = now, started_at = now, ended_at = now, recalls = 0,
  })
  return 'dropped_in', { parties = { party }, tickets = { ticket } }, { counters = counters, entries = entries }
end)
