namespace OrleansTicker.LoadTest.Chaos;

/// <summary>How a client's market compares with earlier ones at the same (epoch, seq).</summary>
internal enum Agreement
{
    /// <summary>No other client had this (epoch, seq) before.</summary>
    First,
    Same,
    Different,
}
