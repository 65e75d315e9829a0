extension CELLibrary {
    /// What complete CEL has and rule authors are not promised.
    public static var rare: [CELLibrary] { [.block, .network, .regex] }
}
