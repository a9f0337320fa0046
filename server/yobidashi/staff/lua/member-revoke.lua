--[[ member-revoke: a member's badge is void and every sign-in ends. One chief at least remains. A new badge lets them in again.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 member id
gives   {'done', row}, or {'refused', JSON}: unknown_member last_chief
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

--@include chiefs

local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return refuse('unknown_member', { id = ARGV[1] }) end
local member = cjson.decode(stored)
if is_chief(member) and not another_chief(ARGV[1]) then return refuse('last_chief') end
member.revoked, member.badge, member.pin = true, nil, nil
member.generation = member.generation + 1
local row = cjson.encode(member)
redis.call('HSET', KEYS[1], ARGV[1], row)
return { 'done', row }
