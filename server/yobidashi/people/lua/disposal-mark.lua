--[[ disposal-mark: writes down that a step of the destruction is done; the first word stands.

KEYS    the fair's keys (people/keys.py)
ARGV    1 step   2 its result as JSON   3 the step before, '' for the first
gives   {'done', JSON}, or {'refused', JSON}: disposal_state
]]
local before = ARGV[3] == '' and 'approval' or 'step:' .. ARGV[3]
if redis.call('HEXISTS', KEYS[11], before) == 0 then
  return { 'refused', cjson.encode({ code = 'disposal_state', detail = { state = 'applied' } }) }
end
redis.call('HSETNX', KEYS[11], 'step:' .. ARGV[1], ARGV[2])
return { 'done', redis.call('HGET', KEYS[11], 'step:' .. ARGV[1]) }
