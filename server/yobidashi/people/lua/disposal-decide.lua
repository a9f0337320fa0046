--[[ disposal-decide: approves the application, or takes it back; approval is by somebody else than who applied.

KEYS    the fair's keys (people/keys.py)
ARGV    1 'approve' or 'withdraw'   2 who   3 approval as JSON
gives   {'done', JSON}, or {'refused', JSON}: disposal_state, four_eyes
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail }) } end
local application = redis.call('HGET', KEYS[11], 'application')
local approval = redis.call('HGET', KEYS[11], 'approval')
if approval and ARGV[1] == 'approve' then return { 'done', approval } end
if not application or approval then return refuse('disposal_state', { state = approval and 'approved' or 'none' }) end
if ARGV[1] == 'withdraw' then
  redis.call('HDEL', KEYS[11], 'application')
  return { 'done', application }
end
if cjson.decode(application).by == ARGV[2] then return refuse('four_eyes') end
redis.call('HSET', KEYS[11], 'approval', ARGV[3])
return { 'done', ARGV[3] }
