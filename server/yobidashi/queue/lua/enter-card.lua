--[[ enter-card: a reception card is complete and has a decision on every consent. Not a command of a page.

KEYS    the fair's keys (queue/keys.py)
ARGV    1 card id   2 {adults, children, booking?} as JSON
gives   {'done', ''}, also where the same stands already, or {'refused', {code, detail}}: card_used where the card has its
        party and says otherwise, people_full
]]
--@include fair

local stands = redis.call('HGET', CARDS, ARGV[1])
local card, entered = stands and cjson.decode(stands), cjson.decode(ARGV[2])
if card and card.party then
  if card.adults == entered.adults and card.children == entered.children and card.booking == entered.booking then
    return { 'done', '' }
  end
  local detail = { party = card.party, number = known_as(row('parties', card.party)) }
  return { 'refused', cjson.encode({ code = 'card_used', detail = detail }) }
end
if not card and redis.call('HLEN', CARDS) >= CARDS_MAX then
  return { 'refused', cjson.encode({ code = 'people_full', detail = { limit = CARDS_MAX } }) }
end
redis.call('HSET', CARDS, ARGV[1], ARGV[2])
return { 'done', '' }
