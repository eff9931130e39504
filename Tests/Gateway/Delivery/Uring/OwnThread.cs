namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

/// <summary>Runs something on a thread of its own, since a ring may belong to one thread.</summary>
internal static class OwnThread
{
    public static void Run(Action act)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                act();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("The thread has failed.", failure);
        }
    }
}
