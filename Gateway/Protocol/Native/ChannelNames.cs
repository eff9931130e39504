namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>The names by which clients say what they subscribe to.</summary>
internal static class ChannelNames
{
    /// <summary>Prices; also if no channel is named.</summary>
    public const string Ticker = "ticker";

    public const string Candles = "candles";

    /// <summary>What a name has to be, for errors.</summary>
    public const string Choice = $"\"{Ticker}\" or \"{Candles}\"";
}
