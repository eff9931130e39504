namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>Older candles can't be read now: their store is away. The newest ones, which are in memory, can.</summary>
[GenerateSerializer, Alias("OrleansTicker.HistoryUnavailableException")]
public sealed class HistoryUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public HistoryUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, in words for operators. Contains no secret and no address.</param>
    public HistoryUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, in words for operators. Contains no secret and no address.</param>
    /// <param name="innerException">The cause.</param>
    public HistoryUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
