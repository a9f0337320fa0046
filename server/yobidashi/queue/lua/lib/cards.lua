--[[ Reception cards and the bookings on them, as far as the queues know them: persons, wishes, and who has come. Needs
`fair` and `line`. What a person wrote on a card stands elsewhere, sealed (invariant 6). ]]

local function entry(key, id)
  local json = redis.call('HGET', key, id)
  return json and cjson.decode(json)
end

-- A card that has no party yet.
local function unused_card(id)
  local card = entry(CARDS, id) or refuse('unknown_card')
  if card.party then refuse('card_used', { party = card.party, number = known_as(row('parties', card.party)) }) end
  return card
end

-- The card takes its party, and its booking arrives with it. A booking that was cancelled, or by which another party has
-- come already, reserves nothing. Gives what commit must write, and the booking or nil.
local function arrival(card_id, card, party)
  card.party = party.id
  local booking = card.booking and entry(BOOKINGS, card.booking)
  local writes = { { HOLDERS, party.id, card_id } }
  if booking and booking.state == 'booked' then
    booking.state, card.arrived = 'arrived', true
    writes[2] = { BOOKINGS, card.booking, cjson.encode(booking) }
  else
    booking = nil
  end
  writes[#writes + 1] = { CARDS, card_id, cjson.encode(card) }
  return writes, booking
end

-- The booking by which a party has come; nil where it walked in.
local function booking_of(party)
  local id = redis.call('HGET', HOLDERS, party.id)
  local card = id and entry(CARDS, id)
  return card and card.arrived and entry(BOOKINGS, card.booking) or nil
end

-- What the booking reserves in the ticket's queue: until the grace of a slot is over its place (of several slots the
-- earliest), later the head of the walk-ins (FAIR, rules of the floor).
local function take_reserved_place(ticket, booking)
  local late = false
  for _, wish in ipairs(booking.wishes) do
    if wish.queue == ticket.queue and now <= wish.slot + rules.grace_ms then
      ticket.reserved = math.min(wish.slot, ticket.reserved or wish.slot)
    elseif wish.queue == ticket.queue then
      late = true
    end
  end
  if late and not ticket.reserved then to_head(ticket) end
end
