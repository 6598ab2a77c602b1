package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	lines := 0
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		lines++
	}
	fmt.Println(lines, "lines")
}
