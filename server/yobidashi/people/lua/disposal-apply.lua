--[[ disposal-apply: applies for the destruction of a fair's personal data; the same command applies once.

KEYS    the fair's keys (people/keys.py)
ARGV    1 application as JSON, with its command
gives   {'done', JSON}, or {'refused', JSON}: disposal_state
]]
local standing = redis.call('HGET', KEYS[11], 'application')
if not standing then
  redis.call('HSET', KEYS[11], 'application', ARGV[1])
  return { 'done', ARGV[1] }
end
if cjson.decode(standing).command == cjson.decode(ARGV[1]).command then return { 'done', standing } end
local state = redis.call('HEXISTS', KEYS[11], 'approval') == 1 and 'approved' or 'applied'
return { 'refused', cjson.encode({ code = 'disposal_state', detail = { state = state } }) }
