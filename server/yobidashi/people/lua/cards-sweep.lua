--[[ cards-sweep: cards that never came to a number and whose time is over go, with what opened them: one part of the cards.

KEYS    the fair's keys (people/keys.py)
ARGV    1 cursor, 0 to begin   2 how many cards to look at, about
gives   {cursor, 0 at the end, {card id, ...} that went}
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local part, gone = redis.call('HSCAN', KEYS[3], ARGV[1], 'COUNT', ARGV[2]), {}
for i = 1, #part[2], 2 do
  local id, card = part[2][i], cjson.decode(part[2][i + 1])
  if not card.party and card['until'] and card['until'] <= now then
    redis.call('HDEL', KEYS[2], 'card:' .. id)
    redis.call('HDEL', KEYS[3], id)
    if card.links then redis.call('HDEL', KEYS[7], unpack(card.links)) end
    gone[#gone + 1] = id
  end
end
return { part[1], gone }
