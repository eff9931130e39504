namespace OrleansTicker.Grains.Prices;

/// <summary>Says in words why something failed.</summary>
internal static class FaultText
{
    /// <summary>The message of an exception and that of its innermost cause, which is what an operator can do something about.</summary>
    public static string Of(Exception fault) =>
        fault.GetBaseException() is var cause && cause != fault && cause.Message != fault.Message ? $"{fault.Message} ({cause.Message})" : fault.Message;
}
