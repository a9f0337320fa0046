--[[ Which offers can be accepted. Needs `fair`. The same rule is in live/board.py and client/board.js; tests/vectors/offers.json
holds all to it. ]]

-- Whether an offer is open, has not lapsed, and its party still waits in another queue with the ticket it was made for.
local function is_open(offer)
  if offer.state ~= 'open' or now >= offer['until'] then return false end
  local ticket = row('tickets', offer.ticket)
  return ticket.state == 'waiting' and ticket.party == offer.party and ticket.queue ~= offer.queue
end

-- The offer, or a refusal where it can no longer be answered.
local function open_offer(id)
  local offer = row('offers', id)
  if not is_open(offer) then refuse('offer_gone', { offer = id, queue = offer.queue }) end
  return offer
end

local function answer_offer(offer, state, answer)
  offer.state, offer.answer, offer.answered_at = state, answer, now
end
