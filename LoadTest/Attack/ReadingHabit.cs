namespace OrleansTicker.LoadTest.Attack;

/// <summary>What an attacker does with answers.</summary>
internal enum ReadingHabit
{
    ReadsAll,

    /// <summary>It resets the connection after the first bytes.</summary>
    Resets,

    /// <summary>It reads the first bytes, and leaves the rest until its next request.</summary>
    LeavesUnread,
}
