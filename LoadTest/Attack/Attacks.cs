namespace OrleansTicker.LoadTest.Attack;

/// <summary>All attacks, in the order of a run.</summary>
internal static class Attacks
{
    public static readonly IReadOnlyList<IAttack> All =
    [
        new ForgedTokens(),
        new SlowHandshakes(),
        new HeaderFlood(),
        new MessageFlood(),
        new GarbageFrames(),
        new ConnectionStorm(),
        new HalfOpenSockets(),
        new HistoryFlood(),
    ];
}
