--[[ Stopping and reopening the issuing of tickets for a queue. Needs `fair`. ]]

-- The queue takes `issuing`; gives what a command gives.
local function turn_issuing(id, issuing, kind)
  local queue = row('queues', id)
  if queue.issuing == issuing then refuse('queue_unchanged', { queue = id, issuing = issuing }) end
  queue.issuing = issuing
  return kind, { queues = { queue } }
end
