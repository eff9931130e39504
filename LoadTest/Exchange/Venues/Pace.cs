namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>How often something may happen.</summary>
/// <param name="Most">How many times.</param>
/// <param name="Span">In which time.</param>
internal readonly record struct Pace(int Most, TimeSpan Span);
