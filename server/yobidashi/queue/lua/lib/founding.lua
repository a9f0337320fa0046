--[[ How a fair's first rows are made from its rules. Needs `fair`. ]]

local function queue_row(id)
  return new('queues', { id = id, issuing = true, reserved_run = 0 })
end

-- An online booth is paused until its meeting link was checked.
local function booth_row(number, plan)
  return new('booths', { id = tonumber(number), queue = plan.queue, state = plan.online and 'paused' or 'open', since = now })
end

-- Begins a new epoch with nothing but queues, booths and the clock. Gives the founding event as JSON.
local function found(epoch)
  meta, now = { epoch = epoch, offset = 0, at = 0 }, real_now
  local queues, booths = {}, {}
  for id in pairs(rules.queues) do queues[#queues + 1] = queue_row(id) end
  for number, plan in pairs(rules.booths) do booths[#booths + 1] = booth_row(number, plan) end
  local clock = new('clocks', { id = 0, real = 0, fair = 0, rate = 1 })
  redis.call('HSET', META, 'epoch', string.format('%d', epoch), 'schema', SCHEMA)
  return commit('founded', { queues = queues, booths = booths, clocks = { clock } }, { undoable = false })
end
