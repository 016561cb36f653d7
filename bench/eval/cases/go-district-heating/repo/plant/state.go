package plant

import "sync"

type state struct {
	Target int  `json:"target"`
	Fault  bool `json:"fault"`
}

var (
	mu     sync.Mutex
	plants = map[string]state{"east": {Target: 70}, "west": {Target: 65}}
)

func read(id string) state {
	mu.Lock()
	defer mu.Unlock()
	return plants[id]
}

func setTarget(id string, degrees int) {
	mu.Lock()
	defer mu.Unlock()
	current := plants[id]
	current.Target = degrees
	plants[id] = current
}

func reset(id string) {
	mu.Lock()
	defer mu.Unlock()
	current := plants[id]
	current.Fault = false
	plants[id] = current
}
