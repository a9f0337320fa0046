--[[ members-add: members are added, all or none. Names come sealed.

KEYS    the fair's keys (staff/keys.py)   8 the answer of the command
ARGV    1 version names were sealed with   2 how many members the writer knows of   3 most members
        then for each: id, row, place of the name, sealed name
gives   {'done', [id, ...]}, or {'refused', JSON}: vault_changed vault_closed staff_full
]]
local ANSWER_TTL_S = 43200

local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

local answered = redis.call('GET', KEYS[8])
if answered then return { 'done', answered } end
local vault = redis.call('HMGET', KEYS[6], 'current', 'closed')
if vault[2] then return refuse('vault_closed') end
local taken = redis.call('HLEN', KEYS[1])
if vault[1] ~= ARGV[1] or taken ~= tonumber(ARGV[2]) then return refuse('vault_changed') end
if taken + (#ARGV - 3) / 4 > tonumber(ARGV[3]) then return refuse('staff_full', { limit = tonumber(ARGV[3]) }) end

local ids = {}
for i = 4, #ARGV, 4 do
  local member = cjson.decode(ARGV[i + 1])
  member.generation, member.failures, member.locked_until, member.revoked = 1, 0, 0, false
  redis.call('HSET', KEYS[1], ARGV[i], cjson.encode(member))
  redis.call('HSET', KEYS[7], ARGV[i + 2], ARGV[i + 3])
  ids[#ids + 1] = ARGV[i]
end
local answer = cjson.encode(ids)
redis.call('SET', KEYS[8], answer, 'EX', ANSWER_TTL_S)
return { 'done', answer }
