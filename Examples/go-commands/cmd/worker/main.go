package main

import (
	"fmt"

	"example.com/mailer/internal/queue"
)

func main() {
	for i, to := range queue.Waiting() {
		fmt.Printf("%d: sent to %s\n", i+1, to)
	}
}
