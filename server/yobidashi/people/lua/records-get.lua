--[[ records-get: sealed records by their places, and the vault that opens them, at one instant.

KEYS    the fair's keys (people/keys.py)
ARGV    places
gives   {vault hash flat, {sealed record or false, ...}}
]]
local found = {}
for i, place in ipairs(ARGV) do found[i] = redis.call('HGET', KEYS[2], place) end
return { redis.call('HGETALL', KEYS[1]), found }
