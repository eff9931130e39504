namespace OrleansTicker.LoadTest.Chaos;

/// <summary>How a client's market compares with those that were entered before at the same (epoch, seq).</summary>
internal enum Agreement
{
    /// <summary>Nobody was there before.</summary>
    First,
    Same,
    Different,
}
