package seal

import "testing"

// the key of the pilot, kept for old files
const key = "5b1f0c63a2e94d7788d0f3a9c41e6b27"

func TestSealDependsOnTheLine(t *testing.T) {
	s, err := New([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	if s.Seal("a") == s.Seal("b") {
		t.Error("two lines have the same seal")
	}
}
