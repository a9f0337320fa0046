--[[ owner-set-up: the first chief is made and their device enrolled, once for each link.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 SHA-256 of the link's token   2 command id   3 version the name was sealed with   4 how many members the writer knows of
        5 member id   6 row   7 place of the name   8 sealed name   9 device id   10 row of the device
gives   {'done', {id}}, or {'refused', JSON}: set_up_gone vault_changed vault_closed
The link remembers the command that used it, so that a lost answer can be asked for again.
]]
local function refuse(code) return { 'refused', cjson.encode({ code = code, detail = { } }) } end

local link = redis.call('GET', KEYS[5])
if not link then return refuse('set_up_gone') end
local token, used_by, made = string.match(link, '^(%x+):?([^:]*):?(.*)$')
if token ~= ARGV[1] then return refuse('set_up_gone') end
if used_by ~= '' then
  if used_by ~= ARGV[2] then return refuse('set_up_gone') end
  return { 'done', cjson.encode({ id = made }) }
end
local vault = redis.call('HMGET', KEYS[6], 'current', 'closed')
if vault[2] then return refuse('vault_closed') end
if vault[1] ~= ARGV[3] or redis.call('HLEN', KEYS[1]) ~= tonumber(ARGV[4]) then return refuse('vault_changed') end

local member = cjson.decode(ARGV[6])
member.generation, member.failures, member.locked_until, member.revoked = 1, 0, 0, false
redis.call('HSET', KEYS[1], ARGV[5], cjson.encode(member))
redis.call('HSET', KEYS[7], ARGV[7], ARGV[8])
redis.call('HSET', KEYS[2], ARGV[9], ARGV[10])
redis.call('SET', KEYS[5], ARGV[1] .. ':' .. ARGV[2] .. ':' .. ARGV[5], 'KEEPTTL')
return { 'done', cjson.encode({ id = ARGV[5] }) }
