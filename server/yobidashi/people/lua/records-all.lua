--[[ records-all: every sealed record of a kind, and the vault that opens them, at one instant.

KEYS    the fair's keys (people/keys.py)
ARGV    1 kind
gives   {vault hash flat, {place, sealed record, ...}}
]]
local found, prefix = {}, ARGV[1] .. ':'
local all = redis.call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  if string.sub(all[i], 1, #prefix) == prefix then
    found[#found + 1] = all[i]
    found[#found + 1] = all[i + 1]
  end
end
return { redis.call('HGETALL', KEYS[1]), found }
