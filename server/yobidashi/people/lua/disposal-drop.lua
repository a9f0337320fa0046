--[[ disposal-drop: takes away every record, link and wrapped key, and who of the queue's parties holds which card.

What stays are counts that name nobody: cards and bookings by random id, slots, the queue itself, the audit record, exports.

KEYS    the fair's keys (people/keys.py)
gives   {records, links, cards that had a party}; {-1, 0, 0} where the vault is open: nothing was taken away
]]
if redis.call('HEXISTS', KEYS[1], 'closed') == 0 then return { -1, 0, 0 } end
local records, links, cards = redis.call('HLEN', KEYS[2]), redis.call('HLEN', KEYS[7]), 0
redis.call('UNLINK', KEYS[2], KEYS[4], KEYS[7])
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if name ~= 'closed' then redis.call('HDEL', KEYS[1], name) end
end
local all = redis.call('HGETALL', KEYS[3])
for i = 1, #all, 2 do
  local card = cjson.decode(all[i + 1])
  if card.party then
    card.party, cards = nil, cards + 1
    redis.call('HSET', KEYS[3], all[i], cjson.encode(card))
  end
end
return { records, links, cards }
