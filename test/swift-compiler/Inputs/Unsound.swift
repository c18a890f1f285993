// The compiler must say no to this.
let badge: Int = "3"
