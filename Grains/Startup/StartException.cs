namespace OrleansTicker.Grains.Startup;

/// <summary>A problem that prevents a program from starting. The message tells the operator what to do.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
