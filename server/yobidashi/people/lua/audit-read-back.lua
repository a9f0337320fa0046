--[[ audit-read-back: entries of the chain, newest first, and where its head is.

KEYS    the fair's keys (people/keys.py)
ARGV    1 before which number; '+': from the newest   2 how many at most
gives   {n, mac of the head, {number, JSON, mac, ...}}
]]
local head = redis.call('HMGET', KEYS[9], 'n', 'mac')
local from = ARGV[1] == '+' and '+' or string.format('(%d-0', ARGV[1])
local found = {}
for _, entry in ipairs(redis.call('XREVRANGE', KEYS[8], from, '-', 'COUNT', ARGV[2])) do
  found[#found + 1] = entry[1]
  found[#found + 1] = entry[2][2]
  found[#found + 1] = entry[2][4]
end
return { tonumber(head[1] or 0), head[2] or '', found }
