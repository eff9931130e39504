namespace OrleansTicker.Grains.Startup;

/// <summary>Keeps a program from starting. The message is for its operator and says what to do.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
