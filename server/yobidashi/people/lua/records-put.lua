--[[ records-put: writes one sealed record.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version the record was sealed with   2 place   3 sealed record   4 'new': only where there is none, 'old': only where there is one, '': either
gives   {'done', '1'} written, {'done', '0'} left as it was (4), or {'refused', JSON}: vault_changed, vault_closed, people_full
]]
local PEOPLE_MAX = 200000 -- records of one fair: cards, reservations and staff of twenty times its largest day

local vault = redis.call('HMGET', KEYS[1], 'current', 'closed')
if vault[2] then return { 'refused', cjson.encode({ code = 'vault_closed' }) } end
if vault[1] ~= ARGV[1] then return { 'refused', cjson.encode({ code = 'vault_changed' }) } end
local there = redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1
if ARGV[4] == 'new' and there or ARGV[4] == 'old' and not there then return { 'done', '0' } end
if not there and redis.call('HLEN', KEYS[2]) >= PEOPLE_MAX then
  return { 'refused', cjson.encode({ code = 'people_full', detail = { limit = PEOPLE_MAX } }) }
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return { 'done', '1' }
