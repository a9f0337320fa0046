--[[ issue: a party takes its place in one or several queues.

ARGV    {queues = {id, ...}, size?, children?, card?, party?}: a new party, with the persons of its card unless they are
        said; with `party`, queues are added to a party that has its number already
event   issued: the party, one ticket a queue
refuses unknown_queue unknown_party unknown_card card_needed card_used issuing_stopped already_in_queue fair_full
        too_many_queues
One number a party for the whole day, or (rules.series = 'queue') one a ticket, with the queue's letter. Where
rules.cards_needed, nobody gets a number without a card (5⑵ウ). A booking on the card arrives with its party; in its queues
the tickets have reserved places.
]]
--@include fair
--@include line
--@include numbering
--@include cards
--@include ticketing

-- A party that has its number takes more queues. Gives it, and the booking by which it came or nil.
local function known_party(args)
  local party = numbered_party(args.party)
  refuse_more_queues(party, #args.queues)
  for _, queue in ipairs(args.queues) do refuse_second(party, queue) end
  if args.size then resize(party, args.size, args.children) end
  return party, booking_of(party)
end

-- A party that has just come. Gives it, and its booking or nil.
local function arriving_party(args)
  if #args.queues > rules.queues_per_party then refuse('too_many_queues', { limit = rules.queues_per_party }) end
  if not args.card and rules.cards_needed then refuse('card_needed') end
  local card = args.card and unused_card(args.card)
  local size = args.size or card.adults + card.children
  local children = args.children or math.min(card and card.children or 0, size)
  local party = new_party({ size = size, children = children, inside = size })
  if not card then return party end
  local writes, booking = arrival(args.card, card, party)
  for _, write in ipairs(writes) do entries[#entries + 1] = write end
  return party, booking
end

return command(function(args)
  for _, queue in ipairs(args.queues) do
    if not row('queues', queue).issuing then refuse('issuing_stopped', { queue = queue }) end
  end
  local party, booking = (args.party and known_party or arriving_party)(args)
  local first, tickets = next_tickets(#args.queues), {}
  for i, queue in ipairs(args.queues) do tickets[i] = new_ticket(first + i - 1, party, queue, now, booking) end
  return 'issued', { parties = { party }, tickets = tickets }, { counters = counters, entries = entries }
end)
