--[[ card-write: a reception card, sealed, and what the queue may know of it, in one step.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version the record was sealed with   2 card id   3 sealed record   4 the card's revision that was read, 0: none
        5 adults   6 children   7 booking id or ''   8 ms until which it stays without a number   9... links that open it
gives   {'done', 'written' | 'changed' | 'taken'}: changed, where another write came first; taken, where a link is another
        card's; or {'refused', JSON}: vault_changed vault_closed people_full reservation_cancelled reservation_arrived
A card that has its number keeps its persons and its booking: from then on the queue counts them.
]]
local CARDS_MAX = 20000 -- as CARDS_MAX of queue/keys.py
local PEOPLE_MAX = 200000 -- as in records-put.lua

local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

local vault = redis.call('HMGET', KEYS[1], 'current', 'closed')
if vault[2] then return refuse('vault_closed') end
if vault[1] ~= ARGV[1] then return refuse('vault_changed') end

local id, place, booking_id = ARGV[2], 'card:' .. ARGV[2], ARGV[7]
local stands = redis.call('HGET', KEYS[3], id)
local card = stands and cjson.decode(stands) or {}
if (card.rev or 0) ~= tonumber(ARGV[4]) then return { 'done', 'changed' } end

if not stands then
  if redis.call('HLEN', KEYS[3]) >= CARDS_MAX then return refuse('people_full', { limit = CARDS_MAX }) end
  if redis.call('HLEN', KEYS[2]) >= PEOPLE_MAX then return refuse('people_full', { limit = PEOPLE_MAX }) end
  for i = 9, #ARGV do
    if redis.call('HEXISTS', KEYS[7], ARGV[i]) == 1 then return { 'done', 'taken' } end
    card.links = card.links or {}
    card.links[#card.links + 1] = ARGV[i]
  end
end

if not card.party then
  if booking_id ~= '' then
    local json = redis.call('HGET', KEYS[5], booking_id)
    local state = json and cjson.decode(json).state or 'cancelled'
    if state == 'cancelled' then return refuse('reservation_cancelled') end
    if state == 'arrived' then return refuse('reservation_arrived') end
    card.booking = booking_id
  end
  card.adults, card.children = tonumber(ARGV[5]), tonumber(ARGV[6])
  card['until'] = tonumber(ARGV[8])
end

card.rev = (card.rev or 0) + 1
redis.call('HSET', KEYS[2], place, ARGV[3])
redis.call('HSET', KEYS[3], id, cjson.encode(card))
if not stands then
  for i = 9, #ARGV do redis.call('HSET', KEYS[7], ARGV[i], place) end
end
return { 'done', 'written' }
