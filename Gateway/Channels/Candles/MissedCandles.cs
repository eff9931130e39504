namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>Closed candles that a client has missed and that were read for it alone.</summary>
/// <param name="Frame">What to send; empty if there is nothing.</param>
/// <param name="ClosedBefore">Before this time, nothing more has to be read; null if reading has failed.</param>
/// <param name="IsHistoryAway">Whether it failed because the store is away.</param>
internal readonly record struct MissedCandles(byte[] Frame, DateTimeOffset? ClosedBefore, bool IsHistoryAway = false);
