namespace OrleansTicker.LoadTest.Chaos;

/// <summary>That a client was told of an exchange that comes or goes.</summary>
/// <param name="At">When, as a timestamp of the clock.</param>
/// <param name="Exchange">The exchange, as in symbols.</param>
/// <param name="IsLive">Whether it comes.</param>
internal readonly record struct StatusChange(long At, string Exchange, bool IsLive);
