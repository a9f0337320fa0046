--[[ records-sample: some sealed records as they stand, chosen at random, and the wrapped keys: noise to search for later.

KEYS    the fair's keys (people/keys.py)
ARGV    1 how many records at most   then places of records that must be among them
gives   {sealed record or wrapped key, ...}
]]
local found = {}
for i = 2, #ARGV do
  local sealed = redis.call('HGET', KEYS[2], ARGV[i])
  if sealed then found[#found + 1] = sealed end
end
local chosen = redis.call('HRANDFIELD', KEYS[2], ARGV[1], 'WITHVALUES')
for i = 2, #chosen, 2 do found[#found + 1] = chosen[i] end
local vault = redis.call('HGETALL', KEYS[1])
for i = 1, #vault, 2 do
  if vault[i] == 'ids' or string.sub(vault[i], 1, 4) == 'key:' then found[#found + 1] = vault[i + 1] end
end
return found
