package receipts

type Line struct {
	Text  string
	Cents int
}

type Receipt struct {
	Number string
	Lines  []Line
}

var all = map[string]Receipt{"10021": {"10021", []Line{{"Coffee", 450}, {"Cake", 620}}}}

func Find(number string) (Receipt, bool) {
	found, ok := all[number]
	return found, ok
}
