--[[ audit-append: adds entries to the chain, if nobody else has added any since the writer looked.

KEYS    the fair's keys (people/keys.py)
ARGV    1 number of the newest entry the writer knows   then, for each entry: JSON, chain value
gives   {'done', n, mac} the newest entry now, {'moved', n, mac} another process was first: chain anew from there, or
        {'full', most, ''}
]]
local AUDIT_MAX = 2000000 -- entries; a fair's day has about 20,000

local head = redis.call('HMGET', KEYS[9], 'n', 'mac')
local n, mac = tonumber(head[1] or 0), head[2] or ''
if n ~= tonumber(ARGV[1]) then return { 'moved', n, mac } end
if n >= AUDIT_MAX then return { 'full', AUDIT_MAX, '' } end
for i = 2, #ARGV, 2 do
  n, mac = n + 1, ARGV[i + 1]
  redis.call('XADD', KEYS[8], string.format('%d-0', n), 'entry', ARGV[i], 'mac', mac)
end
redis.call('HSET', KEYS[9], 'n', n, 'mac', mac)
return { 'done', n, mac }
