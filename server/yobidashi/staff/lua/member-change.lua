--[[ member-change: what is known of a member is written anew; badge, PIN and sign-ins stay. One chief at least remains.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 member id   2 row   3 version the name was sealed with   4 place of the name   5 sealed name
gives   {'done', row}, or {'refused', JSON}: unknown_member last_chief vault_changed vault_closed
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

--@include chiefs

local vault = redis.call('HMGET', KEYS[6], 'current', 'closed')
if vault[2] then return refuse('vault_closed') end
if vault[1] ~= ARGV[3] then return refuse('vault_changed') end
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return refuse('unknown_member', { id = ARGV[1] }) end
local old, member = cjson.decode(stored), cjson.decode(ARGV[2])
for _, kept in ipairs({ 'badge', 'pin', 'generation', 'failures', 'locked_until', 'revoked' }) do
  member[kept] = old[kept]
end
if is_chief(old) and not is_chief(member) and not another_chief(ARGV[1]) then return refuse('last_chief') end
local row = cjson.encode(member)
redis.call('HSET', KEYS[1], ARGV[1], row)
redis.call('HSET', KEYS[7], ARGV[4], ARGV[5])
return { 'done', row }
