--[[ split: some persons of a party go on as a party of their own, with some of its tickets, to be at two booths at once.

ARGV    {party, persons, children, tickets = {id, ...}}: those who leave, and the tickets that go with them
event   split: both parties, the tickets that moved
refuses unknown_party unknown_ticket wrong_state split_too_many fair_full
The tickets keep their places. In a series of parties they get the new party's number; in a series of queues they keep theirs.
A ticket that is called, being served or done stays where it is (wrong_state). Both parties have the one card.
]]
--@include fair
--@include numbering

local function refuse_more_than_there_are(party, persons, children)
  local stays, children_stay = party.size - persons, party.children - children
  if stays < 1 or children_stay < 0 or children_stay > stays then
    refuse('split_too_many', { number = known_as(party), size = party.size, children = party.children })
  end
end

-- The party's tickets that go, as rows, and the ids of those that stay.
local function parted(party, ids)
  local moved, goes, stay = {}, {}, {}
  for i, id in ipairs(ids) do
    moved[i] = row('tickets', id)
    if moved[i].party ~= party.id then refuse('unknown_ticket', { id = id }) end
    move(moved[i], 'split')
    goes[id] = true
  end
  for _, id in ipairs(party.tickets) do
    if not goes[id] then stay[#stay + 1] = id end
  end
  return moved, stay
end

return command(function(args)
  local party = numbered_party(args.party)
  refuse_more_than_there_are(party, args.persons, args.children)
  local moved, stay = parted(party, args.tickets)
  local inside = math.min(args.persons, party.inside)
  local apart = new_party({ size = args.persons, children = args.children, inside = inside, origin = party.id })
  for i, ticket in ipairs(moved) do
    ticket.party, apart.tickets[i] = apart.id, ticket.id
    if apart.number ~= '' then ticket.number = apart.number else publish(ticket.number, apart) end
  end
  party.size, party.children = party.size - args.persons, party.children - args.children
  party.inside, party.tickets = party.inside - inside, stay
  local card = redis.call('HGET', HOLDERS, party.id)
  if card then entries[#entries + 1] = { HOLDERS, apart.id, card } end
  local extra = { undoable = false, counters = counters, entries = entries }
  return 'split', { parties = { party, apart }, tickets = moved }, extra
end)
